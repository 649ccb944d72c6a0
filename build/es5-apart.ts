/** Makes the ES5 script of the app in a process of its own: it takes seconds, in which a server would stand still. */
import { bundleScript, sizeText } from './bundle.ts'

const [out] = process.argv.slice(2)
if (!out) throw new Error('which folder?')
console.log(sizeText(await bundleScript('es5', out)))
