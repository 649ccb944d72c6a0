/*
 * SHA-256 and SHA-512 (FIPS 180-4), in 32-bit arithmetic: boxes have neither BigInt nor, on plain
 * http, WebCrypto. Both in one file, because SHA-256's constants are the first halves of SHA-512's.
 */

/** FIPS 180-4, 4.2.3: the first 64 bits of the fractions of the cube roots of the first 80 primes. */
const cubeRoots = words(
  '428a2f98d728ae227137449123ef65cdb5c0fbcfec4d3b2fe9b5dba58189dbbc3956c25bf348b53859f111f1b605d019' +
  '923f82a4af194f9bab1c5ed5da6d8118d807aa98a303024212835b0145706fbe243185be4ee4b28c550c7dc3d5ffb4e2' +
  '72be5d74f27b896f80deb1fe3b1696b19bdc06a725c71235c19bf174cf692694e49b69c19ef14ad2efbe4786384f25e3' +
  '0fc19dc68b8cd5b5240ca1cc77ac9c652de92c6f592b02754a7484aa6ea6e4835cb0a9dcbd41fbd476f988da831153b5' +
  '983e5152ee66dfaba831c66d2db43210b00327c898fb213fbf597fc7beef0ee4c6e00bf33da88fc2d5a79147930aa725' +
  '06ca6351e003826f142929670a0e6e7027b70a8546d22ffc2e1b21385c26c9264d2c6dfc5ac42aed53380d139d95b3df' +
  '650a73548baf63de766a0abb3c77b2a881c2c92e47edaee692722c851482353ba2bfe8a14cf10364a81a664bbc423001' +
  'c24b8b70d0f89791c76c51a30654be30d192e819d6ef5218d69906245565a910f40e35855771202a106aa07032bbd1b8' +
  '19a4c116b8d2d0c81e376c085141ab532748774cdf8eeb9934b0bcb5e19b48a8391c0cb3c5c95a634ed8aa4ae3418acb' +
  '5b9cca4f7763e373682e6ff3d6b2b8a3748f82ee5defb2fc78a5636f43172f6084c87814a1f0ab728cc702081a6439ec' +
  '90befffa23631e28a4506cebde82bde9bef9a3f7b2c67915c67178f2e372532bca273eceea26619cd186b8c721c0c207' +
  'eada7dd6cde0eb1ef57d4f7fee6ed17806f067aa72176fba0a637dc5a2c898a6113f9804bef90dae1b710b35131c471b' +
  '28db77f523047d8432caab7b40c724933c9ebe0a15c9bebc431d67c49c100d4c4cc5d4becb3e42b6597f299cfc657e2a' +
  '5fcb6fab3ad6faec6c44198c4a475817',
)

/** FIPS 180-4, 5.3.5: the same of the square roots of the first 8 primes. */
const squareRoots = words(
  '6a09e667f3bcc908bb67ae8584caa73b3c6ef372fe94f82ba54ff53a5f1d36f1' +
  '510e527fade682d19b05688c2b3e6c1f1f83d9abfb41bd6b5be0cd19137e2179',
)

/** 32-bit words of a hexadecimal text. */
function words(hex: string): Int32Array {
  const result = new Int32Array(hex.length / 8)
  for (let i = 0; i < result.length; i++) result[i] = parseInt(hex.slice(8 * i, 8 * i + 8), 16)
  return result
}

const every2nd = (from: Int32Array): Int32Array => from.filter((_, i) => i % 2 === 0)
const roundConstants = every2nd(cubeRoots)

/** SHA-256: 32 bytes. */
export function sha256(message: Uint8Array): Uint8Array {
  const state = every2nd(squareRoots)
  const w = new Int32Array(64)
  eachBlock(message, 64, (bytes, at) => compress256(state, w, bytes, at))
  return bytesOf(state)
}

/** SHA-512: 64 bytes. */
export function sha512(message: Uint8Array): Uint8Array {
  const state = squareRoots.slice()
  const w = new Int32Array(160)
  eachBlock(message, 128, (bytes, at) => compress512(state, w, bytes, at))
  return bytesOf(state)
}

/** FIPS 180-4, 5.1 and 5.2: the message, a one bit, zeros, and the message's length in bits. */
function eachBlock(message: Uint8Array, size: number, take: (bytes: Uint8Array, at: number) => void): void {
  const whole = message.length - (message.length % size)
  for (let at = 0; at < whole; at += size) take(message, at)
  const rest = message.subarray(whole)
  const end = new Uint8Array(rest.length + 1 + size / 8 > size ? 2 * size : size)
  end.set(rest)
  end[rest.length] = 0x80
  // No message here is of 2^53 bits.
  for (let at = end.length - 1, bits = message.length * 8; bits > 0; bits = Math.floor(bits / 256)) end[at--] = bits
  for (let at = 0; at < end.length; at += size) take(end, at)
}

function load(w: Int32Array, count: number, bytes: Uint8Array, at: number): void {
  for (let i = 0; i < count; i++, at += 4) {
    w[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!
  }
}

function bytesOf(state: Int32Array): Uint8Array {
  const bytes = new Uint8Array(4 * state.length)
  for (let i = 0; i < bytes.length; i++) bytes[i] = state[i >> 2]! >> (24 - 8 * (i & 3))
  return bytes
}

/** FIPS 180-4, 6.2.2. */
function compress256(state: Int32Array, w: Int32Array, bytes: Uint8Array, at: number): void {
  load(w, 16, bytes, at)
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15]!
    const y = w[i - 2]!
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    w[i] = s0 + w[i - 7]! + s1 + w[i - 16]!
  }
  let a = state[0]!
  let b = state[1]!
  let c = state[2]!
  let d = state[3]!
  let e = state[4]!
  let f = state[5]!
  let g = state[6]!
  let h = state[7]!
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + roundConstants[i]! + w[i]!) | 0
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  state[0]! += a
  state[1]! += b
  state[2]! += c
  state[3]! += d
  state[4]! += e
  state[5]! += f
  state[6]! += g
  state[7]! += h
}

/*
 * SHA-512 has 64-bit words: the higher half stands at an even place, the lower at the next. Sums
 * of lower halves are kept as unsigned numbers below 2^53, what is beyond 32 bits is the carry.
 */

const carry = (low: number): number => Math.floor(low / 0x100000000)

/** FIPS 180-4, 6.4.2, with the eight working variables turned round in a ring instead of moved. */
function compress512(state: Int32Array, w: Int32Array, bytes: Uint8Array, at: number): void {
  load(w, 32, bytes, at)
  for (let i = 32; i < 160; i += 2) {
    const xh = w[i - 30]!
    const xl = w[i - 29]!
    const yh = w[i - 4]!
    const yl = w[i - 3]!
    const s0h = ((xh >>> 1) | (xl << 31)) ^ ((xh >>> 8) | (xl << 24)) ^ (xh >>> 7)
    const s0l = ((xl >>> 1) | (xh << 31)) ^ ((xl >>> 8) | (xh << 24)) ^ ((xl >>> 7) | (xh << 25))
    const s1h = ((yh >>> 19) | (yl << 13)) ^ ((yl >>> 29) | (yh << 3)) ^ (yh >>> 6)
    const s1l = ((yl >>> 19) | (yh << 13)) ^ ((yh >>> 29) | (yl << 3)) ^ ((yl >>> 6) | (yh << 26))
    const low = (s0l >>> 0) + (s1l >>> 0) + (w[i - 13]! >>> 0) + (w[i - 31]! >>> 0)
    w[i + 1] = low
    w[i] = s0h + s1h + w[i - 14]! + w[i - 32]! + carry(low)
  }
  const v = state.slice()
  for (let i = 0; i < 160; i += 2) {
    // Place of variable a; b is two further on, h two before.
    const a = (160 - i) & 15
    const b = (a + 2) & 15
    const c = (a + 4) & 15
    const d = (a + 6) & 15
    const e = (a + 8) & 15
    const f = (a + 10) & 15
    const g = (a + 12) & 15
    const h = (a + 14) & 15
    const eh = v[e]!
    const el = v[e + 1]!
    const s1h = ((eh >>> 14) | (el << 18)) ^ ((eh >>> 18) | (el << 14)) ^ ((el >>> 9) | (eh << 23))
    const s1l = ((el >>> 14) | (eh << 18)) ^ ((el >>> 18) | (eh << 14)) ^ ((eh >>> 9) | (el << 23))
    const chh = (eh & v[f]!) ^ (~eh & v[g]!)
    const chl = (el & v[f + 1]!) ^ (~el & v[g + 1]!)
    const t1l = (v[h + 1]! >>> 0) + (s1l >>> 0) + (chl >>> 0) + (cubeRoots[i + 1]! >>> 0) + (w[i + 1]! >>> 0)
    const t1h = (v[h]! + s1h + chh + cubeRoots[i]! + w[i]! + carry(t1l)) | 0
    const ah = v[a]!
    const al = v[a + 1]!
    const s0h = ((ah >>> 28) | (al << 4)) ^ ((al >>> 2) | (ah << 30)) ^ ((al >>> 7) | (ah << 25))
    const s0l = ((al >>> 28) | (ah << 4)) ^ ((ah >>> 2) | (al << 30)) ^ ((ah >>> 7) | (al << 25))
    const majh = (ah & v[b]!) ^ (ah & v[c]!) ^ (v[b]! & v[c]!)
    const majl = (al & v[b + 1]!) ^ (al & v[c + 1]!) ^ (v[b + 1]! & v[c + 1]!)
    const dl = (v[d + 1]! >>> 0) + (t1l >>> 0)
    v[d + 1] = dl
    v[d] = v[d]! + t1h + carry(dl)
    const hl = (t1l >>> 0) + (s0l >>> 0) + (majl >>> 0)
    v[h + 1] = hl
    v[h] = t1h + s0h + majh + carry(hl)
  }
  for (let i = 0; i < 16; i += 2) {
    const low = (state[i + 1]! >>> 0) + (v[i + 1]! >>> 0)
    state[i + 1] = low
    state[i] = state[i]! + v[i]! + carry(low)
  }
}
