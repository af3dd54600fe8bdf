import { enumeration, type Enumeration } from '../codecs/Enumeration.js'

const known = [
  'DEPOSIT',
  'WITHDRAW',
  'ORDER',
  'FUNDING_FEE',
  'WITHDRAW_REJECT',
  'ADJUSTMENT',
  'INSURANCE_CLEAR',
  'ADMIN_DEPOSIT',
  'ADMIN_WITHDRAW',
  'MARGIN_TRANSFER',
  'MARGIN_TYPE_CHANGE',
  'ASSET_TRANSFER',
  'OPTIONS_PREMIUM_FEE',
  'OPTIONS_SETTLE_PROFIT',
  'AUTO_EXCHANGE',
] as const

/** Why balances or positions changed. */
export type AccountUpdateReason = Enumeration<(typeof known)[number]>
export const AccountUpdateReason = enumeration('AccountUpdateReason', known)
