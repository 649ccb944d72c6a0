/**
 * The app's own files, as the worker keeps them. The page says by the worker's address
 * what this box needs, so that no box fetches a bundle or fonts that it never uses.
 */

/** The scripts of the app, by the name that boot.js gives them. */
export type Bundle = 'modern' | 'es5'

/** One file of the app. The build lists them all in the worker. */
export interface ShellFile {
  /** Counted from the worker's own address. */
  readonly url: string
  /** Another for every other content. */
  readonly revision: string
  /** Subresource Integrity: what the server sends instead of exactly this file is refused. */
  readonly integrity: string
}

/** Name of the worker's file, beside the page. */
export const workerFile = 'sw.js'

/** The worker's address for a box with this bundle, with the packaged fonts or without. */
export const workerAddress = (bundle: Bundle, fonts: boolean): string =>
  `${workerFile}?bundle=${bundle}${fonts ? '&fonts' : ''}`

/** The files that a box needs. @param search the query of the worker's address */
export function shellOf(all: readonly ShellFile[], search: string): ShellFile[] {
  const bundle = /[?&]bundle=es5(&|$)/.test(search) ? 'app.es5.js' : 'app.modern.js'
  const fonts = /[?&]fonts(&|$)/.test(search)
  return all.filter(({ url }) => (/^app\..*\.js$/.test(url) ? url === bundle : fonts || !/^fonts\//.test(url)))
}

/** The page among the files. */
export const pageFile = 'index.html'

/**
 * Whether an address is the app's page: the folder of the app or the page in it,
 * whatever query the box's portal adds.
 * @param folder the folder's address, with a slash at the end
 */
export const isPage = (url: { readonly origin: string; readonly pathname: string }, folder: string): boolean =>
  `${url.origin}${url.pathname}` === folder || `${url.origin}${url.pathname}` === `${folder}${pageFile}`
