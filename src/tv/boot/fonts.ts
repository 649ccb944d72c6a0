import type { Settings } from '../settings.ts'

const packaged = 'TV Sans'
const systemStack = '"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif'

/**
 * Makes a Chinese font available and names it, as a CSS family list. Most boxes
 * have one; loading ours costs up to 200 ms on a slow one, so it is asked for only
 * where Chinese characters come out as boxes.
 */
export async function chineseFamily(wish: Settings['screen']['font'], base: string): Promise<string> {
  if (!needsPackaged(wish)) return systemStack
  try {
    const faces = [
      new FontFace(packaged, `url(${base}fonts/NotoSansSC-Regular.woff2)`, { weight: '400' }),
      new FontFace(packaged, `url(${base}fonts/NotoSansSC-Bold.woff2)`, { weight: '700' }),
    ]
    await Promise.all(
      faces.map(async (face) => {
        document.fonts.add(await face.load())
      }),
    )
    return `"${packaged}",${systemStack}`
  } catch {
    // Still readable where the engine has some Chinese font after all.
    return systemStack
  }
}

/** Whether this box draws with the packaged fonts. */
export const needsPackaged = (wish: Settings['screen']['font']): boolean =>
  wish === 'packaged' || (wish === 'auto' && !hasChinese())

/** Two different ideographs look different, unless both are drawn as the same empty box. */
function hasChinese(): boolean {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 24
  const context = canvas.getContext('2d')
  if (!context) return true
  const look = (text: string): string => {
    context.clearRect(0, 0, 24, 24)
    context.font = `20px ${systemStack}`
    context.fillText(text, 2, 20)
    return Array.prototype.join.call(context.getImageData(0, 0, 24, 24).data, ',')
  }
  return look('国') !== look('邕')
}
