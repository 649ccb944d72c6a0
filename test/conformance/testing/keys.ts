import { constants, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { testKey, type TestKey } from '../../../src/feed/tuf/testing/repository.ts'

/** Kinds of keys that the command line knows. */
export const keyKinds = {
  'Ed25519': testKey,
  'ECDSA': (name) => key(name, ['ecdsa', 'ecdsa-sha2-nistp256'], ecdsaPair, ecdsaSign),
  'ECDSA by its old name': (name) => key(name, ['ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp256'], ecdsaPair, ecdsaSign),
  'RSA-PSS': (name) => key(name, ['rsa', 'rsassa-pss-sha256'], () => rsaPair(2048), rsaSign),
  'RSA too short': (name) => key(name, ['rsa', 'rsassa-pss-sha256'], () => rsaPair(1024), rsaSign),
  'ECDSA on another curve': (name) => key(name, ['ecdsa', 'ecdsa-sha2-nistp256'], otherCurvePair, ecdsaSign),
  'RSA that says it is ECDSA': (name) => key(name, ['ecdsa', 'ecdsa-sha2-nistp256'], () => rsaPair(2048), rsaSign),
  'a scheme that nobody knows': (name) => key(name, ['sm2', 'sm2-sm3'], ecdsaPair, ecdsaSign),
} satisfies Record<string, (name: string) => TestKey>

export type KeyKind = keyof typeof keyKinds

/** One key of each name: keys of all kinds in one repository. */
export function mixedKey(name: string): TestKey {
  const kind: KeyKind = /^root/.test(name) ? 'RSA-PSS' : /^(timestamp|targets|city)/.test(name) ? 'ECDSA' : 'Ed25519'
  return keyKinds[kind](name)
}

interface Pair {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

const ecdsaPair = (): Pair => generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
const otherCurvePair = (): Pair => generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
const rsaPair = (modulusLength: number): Pair => generateKeyPairSync('rsa', { modulusLength })

const ecdsaSign = (key: KeyObject, message: Uint8Array): Uint8Array => sign('sha256', message, key)
const rsaSign = (key: KeyObject, message: Uint8Array): Uint8Array =>
  sign('sha256', message, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 })

const made = new Map<string, TestKey>()

function key(
  name: string,
  kind: readonly [string, string],
  pair: () => Pair,
  by: (key: KeyObject, message: Uint8Array) => Uint8Array,
): TestKey {
  const what = `${name}/${kind.join('/')}/${String(pair)}`
  let found = made.get(what)
  if (!found) {
    const { publicKey, privateKey } = pair()
    const publicValue = publicKey.export({ type: 'spki', format: 'pem' }).toString()
    found = { name, keyid: `key-${name}`, publicValue, kind, sign: (message) => by(privateKey, message) }
    made.set(what, found)
  }
  return found
}
