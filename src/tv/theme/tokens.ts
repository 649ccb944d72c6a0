/**
 * Every number that a screen uses, in px of a 1920×1080 picture. At 1280×720
 * the same numbers are scaled by 2/3: they are multiples of three wherever an
 * edge or a baseline should fall on a whole pixel.
 */
export const screenWidth = 1920
export const screenHeight = 1080

/** Inside the part that every set shows: 5% of each side (96/54). */
export const safe = { left: 96, right: 1824, top: 54, bottom: 1026, width: 1728 } as const

/** Em sizes. Nothing on screen is smaller than `small`: legible from three metres. */
export const size = { small: 33, label: 36, body: 42, lead: 48, title: 54 } as const

/** Line height as a multiple of the em; 1.3 is the least for reading at a distance. */
export const leading = 1.5

export const header = { top: 54, titleBaseline: 108, ruleY: 141, height: 90 } as const
export const content = { top: 171, bottom: 957, height: 786 } as const
export const footer = { ruleY: 972, baseline: 1014, height: 54 } as const

export const focusRing = { width: 6 } as const

/** A side column with what the screen offers: units, chapters, parts of an item. */
export const side = { width: 420, gap: 48 } as const
