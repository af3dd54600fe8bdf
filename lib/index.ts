/**
 * The library for Node: everything of `aster-rx/core`, connections over `ws`, and files.
 *
 * @module aster-rx
 */

// What needs nothing of Node
export * from './core.js'

// Live, over `ws`: these stand before those of the same names
export { websocketCommunicator } from './communicators/websocket/websocketCommunicator.js'
export { accountCommunicator } from './communicators/accountCommunicator.js'
export type { WsConfig } from './communicators/websocket/transport/wsTransport.js'

// Files
export { replayCommunicator } from './communicators/replayCommunicator.js'
export { replayTogether, type TogetherConfig, type TogetherFiles } from './communicators/replayTogether.js'
export type { FileRead, Pace, ReplayConfig, ReplayFile } from './communicators/replay/ReplayConfig.js'
export { formatNames, type FormatName } from './communicators/replay/formats/formats.js'
export type { Timestamps } from './communicators/replay/RecordFormat.js'
export { record } from './communicators/record.js'
export type { RecordConfig, RecordPart, Rotation } from './communicators/record/RecordConfig.js'
export { verify, type VerifyConfig } from './verify/verify.js'
export { reportText } from './verify/reportText.js'
export type {
  BookReport,
  FileProblem,
  FileReport,
  Findings,
  Mismatch,
  Quiet,
  RecordingReport,
  StreamGap,
  StreamReport,
  TimeStep,
} from './verify/RecordingReport.js'
