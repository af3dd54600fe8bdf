/** What happens to an account event: lost, doubled, or sent after the next one of its account. */
export type AccountFault = 'drop' | 'duplicate' | 'reorder'
