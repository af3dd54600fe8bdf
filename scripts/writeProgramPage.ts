import { writeFileSync } from 'node:fs'
import { PROGRAM_PAGE, programPage } from './programPage.js'

writeFileSync(PROGRAM_PAGE, await programPage())
console.log(PROGRAM_PAGE)
