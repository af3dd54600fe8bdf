export const UNKNOWN =
  'expected one of our signals after {"_tag":", came another or one that lacks a field: the record is skipped'

export const TORN =
  'expected a record of ours to end in its delimiter, came the end of the file: it was cut off, the record is skipped'

export const expectedGzip = (came: string) => `expected sound gzip, came '${came}'`

export const MISSING = 'what was recorded between is missing'

export const DOUBTFUL = 'what follows is what can be decoded of the damage, and may not be what was written'
