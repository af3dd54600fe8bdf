/**
 * The library for every host with a `WebSocket`: it needs nothing of Node.
 *
 * @module aster-rx/core
 */

// Clients
export { createClient, type ClientConfig } from './client/createClient.js'
export type { Client, Events, Queues } from './client/Client.js'
export type { Watcher } from './client/Watcher.js'
export type { Counters } from './client/Counters.js'
export type { OnNotice } from './client/notices.js'
export type { Surprise } from './client/surprises.js'

// Where signals come from
export type { Communicator, Sent, Skipped } from './communicators/Communicator.js'
export { frame, type Frame, type Reply, type Signal, type Source, type Status } from './Signal.js'

export { websocketCommunicator } from './communicators/core/websocketCommunicator.js'
export type { ConnectionLoss, ReconnectPolicy } from './communicators/websocket/session/reconnectDelay.js'
export type { ConnectionConfig, WebsocketConfig } from './communicators/websocket/websocketConfig.js'
export type { Outgoing, Socket, SocketEvent, Transport } from './communicators/websocket/transport/Transport.js'
export { webSocketTransport } from './communicators/websocket/transport/webSocketTransport.js'
export type {
  WebSocketConfig,
  WebSocketEvent,
  WebSocketLike,
} from './communicators/websocket/transport/webSocketTransport.js'
export { accountCommunicator } from './communicators/core/accountCommunicator.js'
export type { AccountCommunicatorConfig } from './communicators/account/AccountCommunicatorConfig.js'
export type { Credentials } from './communicators/account/Credentials.js'
export type { Loss } from './communicators/account/reconcileGate.js'
export { mergeCommunicators } from './communicators/mergeCommunicators.js'

// Venues
export { asterFutures, type AsterFutures } from './venues/asterFutures.js'
export { asterPrediction, type AsterPrediction } from './venues/asterPrediction.js'
export { asterSpot, type AsterSpot } from './venues/asterSpot.js'
export { binanceFutures, type BinanceFutures } from './venues/binanceFutures.js'
export { binanceSpot, type BinanceSpot } from './venues/binanceSpot.js'
export { bingxSpot, type BingxSpot } from './venues/bingxSpot.js'
export { isStreamName } from './venues/isStreamName.js'
export { streamAddress } from './venues/streamAddress.js'
export { streamName, type EventOfName, type StreamName } from './venues/streamName.js'
export { withEndpoints } from './venues/withEndpoints.js'
export { withTimeUnit } from './venues/withTimeUnit.js'
export type {
  AccountRow,
  AccountTable,
  Endpoints,
  Envelope,
  EventOf,
  Kind,
  Limits,
  StreamKind,
  StreamRow,
  StreamTable,
  Venue,
  VenueWithBooks,
  VenueWithOrders,
} from './venues/Venue.js'

// What frames mean
export { parse, parseAll, type Parsed, type Several } from './parser/parse.js'
export type { Message } from './parser/Message.js'
export type { ParseError } from './parser/ParseError.js'

// Order books
export { syncDepth } from './operators/syncDepth.js'
export type { Backoff } from './timing/backoff.js'
export type { SyncDepthConfig } from './operators/SyncDepthConfig.js'
export type { BookState, Stale, Synced, Syncing, SyncingReason, TopOfBook } from './operators/BookState.js'
export type { BookLevel, BookSnapshot, OrderBook } from './book/OrderBook.js'
export { topOfBook } from './operators/topOfBook.js'
export { topLevels, type TopLevels } from './operators/topLevels.js'
export { verifyBook, type BookAgrees, type BookCheck, type BookDiverges } from './operators/verifyBook.js'

// Values of order books
export type { BookMoment } from './operators/ofBook.js'
export { mid, type Mid } from './operators/mid.js'
export { spread, type Spread } from './operators/spread.js'
export { microprice, type Microprice } from './operators/microprice.js'
export { imbalance, type Imbalance } from './operators/imbalance.js'
export { costToFill, type CostToFill, type CostToFillConfig } from './operators/costToFill.js'
export { depthWithin, type DepthWithin, type DepthWithinConfig } from './operators/depthWithin.js'
export { levelChanges, type LevelChange, type LevelChanges } from './operators/levelChanges.js'

// Bars, and trades without holes
export { klines, type KlineClient, type KlinesConfig } from './operators/klines.js'
export type { DerivedKline, Provenance, TradeIds } from './operators/DerivedKline.js'
export { tickBars, type TickBarsConfig } from './operators/tickBars.js'
export { volumeBars, type VolumeBarsConfig } from './operators/volumeBars.js'
export { notionalBars, type NotionalBarsConfig } from './operators/notionalBars.js'
export type { TradeBar } from './operators/tradeBars.js'
export type { BarValues } from './operators/GrowingBar.js'
export type { BarAggTrade, BarTrade, TradeEvent } from './operators/TradeEvent.js'
export { backfill, type BackfillConfig } from './operators/backfill.js'
export type { Backfill, MissingReason, MissingTrades } from './operators/tradeSequence.js'

// Operators
export { conflate, type ConflateConfig } from './operators/conflate.js'
export { conflateMap, type ConflateMapConfig } from './operators/conflateMap.js'
export type { MeasuredClock, VenueClock } from './timing/venueClock.js'
export { ofKind } from './operators/ofKind.js'

// REST
export { createRest } from './rest/createRest.js'
export type { RequestConfig, Rest, RestConfig, RestResponse, RestRetry } from './rest/Rest.js'
export { createBudget, type Budget, type BudgetConfig, type Usage } from './rest/createBudget.js'
export type { OnProgress, RequestProgress } from './timing/RequestProgress.js'
export type { RestPause } from './rest/address.js'
export type { Parameters } from './rest/Parameters.js'
export { RestError, type RestFailure } from './rest/RestError.js'
export { depthSnapshot, type DepthRequest } from './rest/depthSnapshot.js'
export { aggTrades, historicalTrades, type PastTradesRequest } from './rest/pastTrades.js'
export { serverTime } from './rest/serverTime.js'
export type { Method, Signer } from './rest/sign.js'
export { hmacSigner, type HmacConfig } from './rest/hmacSigner.js'
export { ed25519Signer, type Ed25519Config, type Ed25519Key } from './rest/ed25519Signer.js'
export { eip712Signer, type Eip712Config } from './rest/eip712Signer.js'

// Orders, and other calls of a venue
export { orders } from './rest/orders/orders.js'
export type { NewOrderOf, OrderCalls, OrderId, OrderOf, Orders, OrdersConfig } from './rest/orders/OrderCalls.js'
export type { OrderClient } from './rest/orders/OrderClient.js'
export type { OrderResult, Refused, Unknown } from './rest/orders/OrderResult.js'
export type { OrderCall, OrderCount } from './rest/orders/orderCounts.js'
export { isFinalOrder, type OrderState } from './rest/orders/OrderState.js'
export { calls, type Calls } from './rest/calls.js'
export { AsterFuturesOrder, BinanceFuturesOrder } from './calls/AsterFuturesOrder.js'
export { BatchCancel, BatchOrders } from './calls/Batch.js'
export { BatchAnswer, BatchRefusal } from './calls/BatchAnswer.js'
export { BinanceNewOrder, BinanceReplacement } from './calls/BinanceNewOrder.js'
export { BingxNewOrder, BingxReplacement } from './calls/BingxNewOrder.js'
export { AnnouncementContent, DirectAnnouncement, DirectAnnouncements, PageQuery } from './calls/DirectAnnouncements.js'
export { Done } from './calls/Done.js'
export {
  ForcedOrderQuery,
  MarginChange,
  MarginChangeQuery,
  NoParameters,
  PositionMode,
  PositionRisk,
} from './calls/FuturesAccount.js'
export { AsterFuturesNewOrder, BinanceFuturesNewOrder } from './calls/FuturesNewOrder.js'
export { AsterSpotNewOrder } from './calls/NewOrder.js'
export { BingxOrderName, BinanceNewTerms, NewTerms, OfAnySymbol, OfSymbol, OrderName } from './calls/OrderName.js'
export { AsterSpotOrder, BinanceOrder, BingxOrder } from './calls/SpotOrder.js'
export { UserFill, UserFillQuery, UserFills } from './calls/UserFills.js'
export {
  AsterFuturesUserTrade,
  AsterSpotUserTrade,
  BinanceUserTrade,
  BingxUserTrade,
  UserTradeQuery,
} from './calls/UserTrade.js'

// Listen keys
export { keepAlive, type KeepAliveConfig, type KeyFailure } from './operators/keepAlive.js'
export { listenKey, type ListenKeyApi, type ListenKeyConfig } from './operators/listenKey.js'
export { listenKeyCalls, type ListenKeyCalls } from './rest/listenKeyCalls.js'

// A venue of your own
export { binanceStyle } from './venues/binanceStyle.js'
export { contiguousIds, linkedIds, linkedOrContiguousIds, type DepthIds, type DepthRule } from './venues/depthRule.js'
export { isControlId, venueError, type ControlId, type ControlMessage } from './venues/ControlMessage.js'
export type { Dialect, RequestId, TimeUnit } from './venues/Dialect.js'
export type {
  AnyParameters,
  CallRow,
  CallTable,
  OrderCallTable,
  OrderRules,
  RefusalReason,
  RefusalRow,
} from './venues/CallTable.js'
export type { OrderReport } from './venues/OrderReport.js'
export type { WebsocketApi } from './venues/WebsocketApi.js'
export type {
  BanRow,
  ListenKeyRow,
  RestPaths,
  RestTable,
  Signing,
  SigningScheme,
  TradesRow,
} from './venues/RestTable.js'
export type { Found, NameOf, ParametersOf } from './venues/grammar.js'

// Values on the wire
export { wire, type Decoded, type Field, type Fields, type Wire } from './codecs/wire.js'
export { guarded, type AnyCodec, type Codec, type UnknownValue } from './codecs/Codec.js'
export { Decimal, DecimalOrEmpty } from './codecs/Decimal.js'
export { LooseDecimal } from './codecs/LooseDecimal.js'
export { Id, IdOrText, IdText } from './codecs/Id.js'
export { Integer } from './codecs/Integer.js'
export { Finite } from './codecs/Finite.js'
export { Flag } from './codecs/Flag.js'
export { Text } from './codecs/Text.js'
export { Timestamp } from './codecs/Timestamp.js'
export { Levels, type Level } from './codecs/Levels.js'
export { enumeration, type Enumeration } from './codecs/Enumeration.js'
export { choice } from './codecs/choice.js'
export { inside } from './codecs/inside.js'
export { many, type Many } from './codecs/many.js'
export { nullable } from './codecs/nullable.js'
export type { Values } from './codecs/Values.js'

// Events
export { AccountConfig, AccountConfigUpdate, LeverageConfig } from './events/AccountConfigUpdate.js'
export { AccountPosition, SpotBalance } from './events/AccountPosition.js'
export { AccountChange, AccountUpdate, FuturesBalance, Position } from './events/AccountUpdate.js'
export { AggTrade } from './events/AggTrade.js'
export { Announcement, AnnouncementText } from './events/Announcement.js'
export { AvgPrice } from './events/AvgPrice.js'
export { BalanceUpdate } from './events/BalanceUpdate.js'
export { BinanceExecutionReport } from './events/BinanceExecutionReport.js'
export { BingxAccountChange, BingxAccountUpdate, BingxBalance } from './events/BingxAccountUpdate.js'
export { BingxExecutionReport } from './events/BingxExecutionReport.js'
export { BookTicker } from './events/BookTicker.js'
export { DepthSnapshot } from './events/DepthSnapshot.js'
export { DepthUpdate, LinkedDepthUpdate } from './events/DepthUpdate.js'
export { ExecutionReport } from './events/ExecutionReport.js'
export { ExternalLock } from './events/ExternalLock.js'
export { ForceOrder, LiquidationOrder } from './events/ForceOrder.js'
export { Interval } from './events/Interval.js'
export { Kline, KlineBar } from './events/Kline.js'
export { ListenKeyExpired } from './events/ListenKeyExpired.js'
export { ListStatus, ListedOrder } from './events/ListStatus.js'
export { MarginCall, MarginCallPosition } from './events/MarginCall.js'
export { MarkPrice } from './events/MarkPrice.js'
export { MiniTicker } from './events/MiniTicker.js'
export { FuturesOrder, OrderUpdate } from './events/OrderUpdate.js'
export { BarePartialDepth, PartialDepth } from './events/PartialDepth.js'
export { PredictionEvent } from './events/PredictionEvent.js'
export { ReferencePrice } from './events/ReferencePrice.js'
export { ServerShutdown } from './events/ServerShutdown.js'
export { StreamTerminated } from './events/StreamTerminated.js'
export { Ticker } from './events/Ticker.js'
export { BlockTrade, isPrint, Trade } from './events/Trade.js'
export { TradeLite } from './events/TradeLite.js'
export { Addresses, TradePro } from './events/TradePro.js'
export { Window, WindowTicker } from './events/WindowTicker.js'
export {
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
