// Clients
export { createClient, type ClientConfig } from './client/createClient.js'
export type { Client, Events } from './client/Client.js'
export type { Counters } from './client/Counters.js'

// Where signals come from
export type { Communicator } from './communicators/Communicator.js'
export { replayCommunicator } from './communicators/replayCommunicator.js'
export type { Pace, ReplayConfig, ReplayFile, Timestamps } from './communicators/replay/ReplayConfig.js'
export { record } from './communicators/record.js'
export type { RecordConfig, RecordPart } from './communicators/record/RecordConfig.js'
export { frame, type Frame, type Reply, type Signal, type Source, type Status } from './Signal.js'

export { websocketCommunicator } from './communicators/websocket/websocketCommunicator.js'
export type { ConnectionConfig, WebsocketConfig } from './communicators/websocket/WebsocketConfig.js'
export type { Outgoing, Socket, SocketEvent, Transport } from './communicators/websocket/transport/Transport.js'
export { accountCommunicator } from './communicators/accountCommunicator.js'
export type { AccountCommunicatorConfig } from './communicators/account/AccountCommunicatorConfig.js'
export type { Credentials } from './communicators/account/Credentials.js'
export type { Loss } from './communicators/account/reconcileGate.js'
export { mergeCommunicators } from './communicators/mergeCommunicators.js'

// Venues
export { asterFutures, type AsterFutures } from './venues/asterFutures.js'
export { asterPrediction, type AsterPrediction } from './venues/asterPrediction.js'
export { asterSpot, type AsterSpot } from './venues/asterSpot.js'
export { binanceSpot, type BinanceSpot } from './venues/binanceSpot.js'
export { bingxSpot, type BingxSpot } from './venues/bingxSpot.js'
export { streamName } from './venues/streamName.js'
export { withTimeUnit } from './venues/withTimeUnit.js'
export type {
  AccountRow,
  AccountTable,
  Endpoints,
  Envelope,
  EventOf,
  Kind,
  KindOfName,
  StreamKind,
  StreamName,
  StreamRow,
  StreamTable,
  Venue,
  VenueWithBooks,
} from './venues/Venue.js'
export type { Dialect, RequestId, TimeUnit } from './venues/Dialect.js'
export type { DepthRule } from './venues/depthRule.js'
export type { ParametersOf } from './venues/grammar.js'
export type { RestPaths, Signing } from './venues/RestTable.js'

// What frames mean
export { parse, type Parsed } from './parser/parse.js'
export type { Message } from './parser/Message.js'
export type { ParseError } from './parser/ParseError.js'
export type { ControlMessage } from './venues/ControlMessage.js'

// Order books
export { syncDepth } from './operators/syncDepth.js'
export type { Backoff } from './timing/backoff.js'
export type { SyncDepthConfig } from './operators/SyncDepthConfig.js'
export type { BookState, Synced, Syncing, SyncingReason, TopOfBook } from './operators/BookState.js'
export type { BookLevel, BookSnapshot, OrderBook } from './book/OrderBook.js'
export { topOfBook } from './operators/topOfBook.js'
export { topLevels, type TopLevels } from './operators/topLevels.js'

// Operators
export { conflate, type ConflateConfig } from './operators/conflate.js'
export { klines, type KlinesConfig } from './operators/klines.js'
export { ofKind } from './operators/ofKind.js'

// REST
export { createRest } from './rest/createRest.js'
export type { RequestConfig, Rest, RestConfig, RestResponse, RestRetry } from './rest/Rest.js'
export { createBudget, type Budget, type BudgetConfig } from './rest/createBudget.js'
export type { Parameters } from './rest/Parameters.js'
export { RestError, type RestFailure } from './rest/RestError.js'
export { depthSnapshot, type DepthRequest } from './rest/depthSnapshot.js'
export { serverTime } from './rest/serverTime.js'
export type { Method, Signer } from './rest/sign.js'
export { hmacSigner, type HmacConfig } from './rest/hmacSigner.js'
export { eip712Signer, type Eip712Config } from './rest/eip712Signer.js'

// Listen keys
export { keepAlive, type KeepAliveConfig, type KeyFailure } from './operators/keepAlive.js'
export { listenKey, type ListenKeyApi, type ListenKeyConfig } from './operators/listenKey.js'
export { listenKeyCalls, type ListenKeyCalls } from './rest/listenKeyCalls.js'

// Values on the wire
export type { Codec } from './codecs/Codec.js'
export type { Decimal } from './codecs/Decimal.js'
export type { Enumeration } from './codecs/Enumeration.js'
export type { Id } from './codecs/Id.js'
export type { Level, Levels } from './codecs/Levels.js'
export type { Many } from './codecs/many.js'
export type { Timestamp } from './codecs/Timestamp.js'
export type { Values } from './codecs/Values.js'
export type { Decoded, Field, Fields, Wire } from './codecs/wire.js'

// Events
export type { AccountConfig, AccountConfigUpdate, LeverageConfig } from './events/AccountConfigUpdate.js'
export type { AccountPosition, SpotBalance } from './events/AccountPosition.js'
export type { AccountChange, AccountUpdate, FuturesBalance, Position } from './events/AccountUpdate.js'
export type { AggTrade } from './events/AggTrade.js'
export type { Announcement, AnnouncementText } from './events/Announcement.js'
export type { AvgPrice } from './events/AvgPrice.js'
export type { BalanceUpdate } from './events/BalanceUpdate.js'
export type { BinanceExecutionReport } from './events/BinanceExecutionReport.js'
export type { BingxAccountChange, BingxAccountUpdate, BingxBalance } from './events/BingxAccountUpdate.js'
export type { BingxExecutionReport } from './events/BingxExecutionReport.js'
export type { BookTicker } from './events/BookTicker.js'
export type { DepthSnapshot } from './events/DepthSnapshot.js'
export type { DepthUpdate, LinkedDepthUpdate } from './events/DepthUpdate.js'
export type { ExecutionReport } from './events/ExecutionReport.js'
export type { ExternalLock } from './events/ExternalLock.js'
export type { ForceOrder, LiquidationOrder } from './events/ForceOrder.js'
export type { Interval } from './events/Interval.js'
export type { Kline, KlineBar } from './events/Kline.js'
export type { ListenKeyExpired } from './events/ListenKeyExpired.js'
export type { ListStatus, ListedOrder } from './events/ListStatus.js'
export type { MarginCall, MarginCallPosition } from './events/MarginCall.js'
export type { MarkPrice } from './events/MarkPrice.js'
export type { MiniTicker } from './events/MiniTicker.js'
export type { FuturesOrder, OrderUpdate } from './events/OrderUpdate.js'
export type { BarePartialDepth, PartialDepth } from './events/PartialDepth.js'
export type { PredictionEvent } from './events/PredictionEvent.js'
export type { ReferencePrice } from './events/ReferencePrice.js'
export type { ServerShutdown } from './events/ServerShutdown.js'
export type { StreamTerminated } from './events/StreamTerminated.js'
export type { Ticker } from './events/Ticker.js'
export type { BlockTrade, Trade } from './events/Trade.js'
export type { Addresses, TradePro } from './events/TradePro.js'
export type { Window, WindowTicker } from './events/WindowTicker.js'
export type {
  AccountUpdateReason,
  ExecutionType,
  ListOrderStatus,
  ListStatusType,
  MarginType,
  OrderStatus,
  OrderType,
  PositionSide,
  PredictionEventType,
  SelfTradePreventionMode,
  Side,
  TimeInForce,
  TradeType,
  Winner,
  WorkingType,
} from './events/enumerations.js'
