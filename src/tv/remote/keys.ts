/** The keys that the app knows by name; screens handle `_handle<Name>`. */
export type KeyName =
  | 'Up'
  | 'Down'
  | 'Left'
  | 'Right'
  | 'Enter'
  | 'Back'
  | 'Exit'
  | 'Home'
  | 'Info'
  | 'PageUp'
  | 'PageDown'

/** Key code of `KeyboardEvent.keyCode` → name. The form that Lightning takes. */
export type KeyMap = Readonly<Record<number, KeyName>>

/**
 * Codes whose meaning is one and the same in every family that has them: arrows,
 * OK and Back of keyboards, HbbTV and IPTV boxes, and the vendor codes above 255.
 * Families whose codes contradict these (1–4 as arrows) need their own profile.
 */
export const commonKeys: KeyMap = {
  8: 'Back',
  13: 'Enter',
  27: 'Back',
  33: 'PageUp',
  34: 'PageDown',
  36: 'Home',
  37: 'Left',
  38: 'Up',
  39: 'Right',
  40: 'Down',
  // iPanel
  339: 'Exit',
  340: 'Back',
  372: 'PageUp',
  373: 'PageDown',
  512: 'Home',
  567: 'Info',
  // HbbTV, Tizen
  457: 'Info',
  461: 'Back',
  10009: 'Back',
  10182: 'Exit',
  // 直播星
  4100: 'Info',
  4173: 'PageUp',
  4174: 'PageDown',
}
