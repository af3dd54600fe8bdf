/** A text as whole hundred-millionths. */
export const units = (text: string): bigint => {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)\.?(\d*)$/.exec(text) ?? []
  return BigInt(sign + whole + fraction.padEnd(8, '0'))
}
