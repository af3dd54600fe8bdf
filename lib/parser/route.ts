export { router } from '../venues/router.js'
