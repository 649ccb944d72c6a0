/** Deletes everything that the app has kept in this browser. The app's page must be gone, or its database stays. */
export async function emptyBox(): Promise<void> {
  localStorage.clear()
  sessionStorage.clear()
  const databases = await indexedDB.databases()
  await Promise.all(databases.flatMap(({ name }) => (name === undefined ? [] : [deleted(name)])))
}

/** How long another window may keep a database open before we give up, ms. */
const patience = 5_000

function deleted(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    const timer = setTimeout(() => {
      reject(new Error(`${name} is still open in another window`))
    }, patience)
    request.onsuccess = () => {
      clearTimeout(timer)
      resolve()
    }
    request.onerror = () => {
      clearTimeout(timer)
      reject(request.error ?? new Error(`${name} could not be deleted`))
    }
  })
}

/** Name of a saved picture: which screen, and when, in the editor's time. */
export function pictureName(screen: string, at: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0')
  const day = `${at.getFullYear()}${two(at.getMonth() + 1)}${two(at.getDate())}`
  return `tv-${screen}-${day}-${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}.png`
}

/** Saves a picture, given as a data address, in the downloads folder. */
export function savePicture(dataAddress: string, name: string): void {
  const bytes = Uint8Array.from(atob(dataAddress.slice(dataAddress.indexOf(',') + 1)), (c) => c.charCodeAt(0))
  const address = URL.createObjectURL(new Blob([bytes], { type: 'image/png' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has begun to read it by the next turn, not by the end of this one.
  setTimeout(() => {
    URL.revokeObjectURL(address)
  }, 1_000)
}
