/** BingX's: `Ping` is answered with `Pong`, and `{"ping":"…","time":"…"}` with the same values, `ping` being `pong`. */
export const bingxHeartbeat = (text: string): string | undefined => {
  if (text === 'Ping' || text === 'ping') return 'Pong'
  const [, ping, time] =
    /^\s*\{\s*"ping"\s*:\s*("[^"\\]*"|\d+)\s*,\s*"time"\s*:\s*("[^"\\]*"|\d+)\s*\}\s*$/.exec(text) ?? []
  return ping === undefined || time === undefined ? undefined : `{"pong":${ping},"time":${time}}`
}
