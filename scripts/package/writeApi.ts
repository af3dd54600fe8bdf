import { writeFileSync } from 'node:fs'
import { API_REPORT, apiReport } from './apiReport.js'

writeFileSync(API_REPORT, await apiReport())
console.log(API_REPORT)
