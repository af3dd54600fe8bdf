/** What every command takes beside its own options. */
export const commonOptions = {
  json: { says: 'Writes one JSON object a line, on both outputs.' },
  help: { says: 'Says what the command does, and ends.' },
} as const
