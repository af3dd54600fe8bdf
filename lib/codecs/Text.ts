import { guarded } from './Codec.js'
import { scanText } from './scan.js'

/** Any text, exactly as sent. */
export const Text = guarded<string>('string', (u): u is string => typeof u === 'string', { scan: scanText })
