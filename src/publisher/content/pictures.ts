import { pictureInfo } from './image-size.ts'
import type { PictureAnswer } from './markdown.ts'

/** Most bytes of one picture: a box fetches it over a slow line and keeps it. */
export const maxPictureBytes = 400_000
/** Longest side in pixels: beyond it many boxes cannot make a texture. */
export const maxPictureSide = 2048

/** A file of the content's images folder. */
export interface Picture {
  readonly name: string
  readonly bytes: Uint8Array
}

/** TUF target path of a picture of a role. */
export const picturePath = (role: string, name: string): string => `${role}/images/${name}`

/**
 * Whether a body may show a picture.
 * @param url what the body writes between the brackets
 * @param role the role that will publish the record
 */
export function answerPicture(url: string, pictures: ReadonlyMap<string, Picture>, role: string): PictureAnswer {
  if (/^[a-z]+:/iu.test(url)) {
    return { message: '图片是网址。', mend: '下载图片，放进 images 文件夹，只写文件名。' }
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]*\.(?:png|jpe?g)$/u.test(url)) {
    return {
      message: `图片文件名「${url}」不能用。`,
      mend: '只写文件名，不写文件夹；文件名用字母、数字、- 和 _，以 .png、.jpg 或 .jpeg 结尾。',
    }
  }
  const picture = pictures.get(url)
  if (!picture) return { message: `images 文件夹里没有「${url}」。`, mend: '放入这张图片，或改正文件名（注意大小写）。' }
  const info = pictureInfo(picture.bytes)
  if (!info) return { message: `「${url}」不是 PNG 或 JPEG 图片。`, mend: '用图片软件另存为 PNG 或 JPEG。' }
  if (picture.bytes.byteLength > maxPictureBytes) {
    const kilobytes = (bytes: number): string => String(Math.ceil(bytes / 1000))
    return {
      message: `「${url}」太大：${kilobytes(picture.bytes.byteLength)} KB，最多 ${kilobytes(maxPictureBytes)} KB。`,
      mend: '缩小尺寸或提高压缩率。',
    }
  }
  if (info.width > maxPictureSide || info.height > maxPictureSide || info.width === 0 || info.height === 0) {
    return {
      message: `「${url}」的尺寸 ${String(info.width)}×${String(info.height)} 不能用，每边最多 ${String(maxPictureSide)} 像素。`,
      mend: `缩小到每边 ${String(maxPictureSide)} 像素以内。`,
    }
  }
  return { target: picturePath(role, url), width: info.width, height: info.height }
}
