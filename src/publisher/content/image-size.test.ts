import { describe, expect, it } from 'vitest'
import { png } from '../testing/content.ts'
import { pictureInfo } from './image-size.ts'

const bytes = (...parts: readonly (readonly number[])[]): Uint8Array => Uint8Array.from(parts.flat())
const app0 = [0xff, 0xe0, 0x00, 0x04, 0x4a, 0x46]
const huffman = [0xff, 0xc4, 0x00, 0x03, 0x00]
/** Height 360 (0x168), width 640 (0x280). */
const size = [0x01, 0x68, 0x02, 0x80]
const frame = (marker: number): number[] => [0xff, marker, 0x00, 0x0b, 0x08, ...size, 0x01, 0x01, 0x11, 0x00]
const start = [0xff, 0xd8]

describe('pictureInfo', () => {
  it.each([
    ['PNG', png(640, 360), { type: 'png', width: 640, height: 360 }],
    ['baseline JPEG', bytes(start, app0, frame(0xc0)), { type: 'jpeg', width: 640, height: 360 }],
    ['progressive JPEG', bytes(start, app0, frame(0xc2)), { type: 'jpeg', width: 640, height: 360 }],
    ['JPEG with tables first', bytes(start, huffman, [0xff], frame(0xc1)), { type: 'jpeg', width: 640, height: 360 }],
    ['JPEG without a frame', bytes(start, app0, app0, app0), null],
    ['JPEG with rubbish', bytes(start, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]), null],
    ['GIF', bytes([0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 0, 0, 0, 0, 0, 0]), null],
    ['nothing', bytes(), null],
    ['cut off', png(640, 360).subarray(0, 20), null],
  ])('%s', (_, file, expected) => {
    expect(pictureInfo(file)).toEqual(expected)
  })

  it('reads a view into a larger buffer', () => {
    const buffer = new Uint8Array(100)
    buffer.set(png(3, 4), 30)
    expect(pictureInfo(buffer.subarray(30))).toEqual({ type: 'png', width: 3, height: 4 })
  })
})
