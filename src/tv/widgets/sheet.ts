import { Lightning } from '@lightningjs/sdk'
import type { Drawing } from './drawing.ts'
import { paint } from './painter.ts'
import type { PaintOptions } from './painter.ts'

/**
 * A texture that keeps its canvas, and on WebGL its GPU texture, for as long as
 * the app runs. Making and dropping textures leaks in the drivers of some boxes:
 * WPE's process grew from 209 to 465 MB over 100 documents.
 */
class SheetTexture extends Lightning.Texture {
  readonly canvas = document.createElement('canvas')

  protected override _getIsValid(): boolean {
    return true
  }

  protected override _getSourceLoader(): ReturnType<Lightning.Texture['_getSourceLoader']> {
    return (done) => {
      // Lightning takes every option but the source from its defaults; its types demand them all.
      done(null, { source: this.canvas, permanent: true } as Parameters<typeof done>[1])
    }
  }

  /** Brings what was painted on the canvas to the screen's texture. */
  refresh(): void {
    const native = this.source?.nativeTexture
    // In canvas mode the canvas is the texture, and there is nothing to bring.
    if (!this.stage.gl || !native) return
    const gl = this.stage.gl
    gl.bindTexture(gl.TEXTURE_2D, native)
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true)
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, this.canvas)
  }
}

/** A part of the screen that is painted as a whole: text and lines, one texture. It knows no content. */
export class Sheet extends Lightning.Component {
  private surface: SheetTexture | undefined

  /** Sets the size of the sheet in px of the 1920×1080 picture; done once. */
  prepare(width: number, height: number, scale: number): void {
    this.surface = new SheetTexture(this.stage)
    this.surface.canvas.width = Math.round(width * scale)
    this.surface.canvas.height = Math.round(height * scale)
    this.patch({ w: width, h: height, texture: this.surface })
  }

  /** Paints a drawing over what the sheet showed. */
  show(drawing: Drawing, options: PaintOptions): void {
    const context = this.surface?.canvas.getContext('2d')
    if (!this.surface || !context) return
    paint(context, drawing, options)
    this.surface.refresh()
    this.stage.forceRenderUpdate()
  }
}
