import { constants, createHash, createPublicKey, verify, type KeyObject } from 'node:crypto'
import {
  defaultHashers,
  defaultVerifiers,
  type Hashers,
  type Verifier,
  type Verifiers,
} from '../../src/feed/tuf/index.ts'

/** RSA keys below this many bits are not believed (NIST SP 800-131A). */
const shortestModulus = 2048

/** ECDSA on P-256 with SHA-256: public value in PEM, signature in DER (TUF 4.2.2). */
const ecdsa: Verifier = (publicValue, message, signature) => {
  const key = createPublicKey(publicValue)
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return false
  return verify('sha256', message, key, signature)
}

/** RSASSA-PSS with SHA-256 (RFC 8017, 8.1): public value in PEM, salt of any length. */
const rsaPss: Verifier = (publicValue, message, signature) => {
  const key = createPublicKey(publicValue)
  if (key.asymmetricKeyType !== 'rsa' || modulusOf(key) < shortestModulus) return false
  const saltLength = constants.RSA_PSS_SALTLEN_AUTO
  return verify('sha256', message, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, signature)
}

const modulusOf = (key: KeyObject): number => key.asymmetricKeyDetails?.modulusLength ?? 0

/** What the box verifies, and by Node's crypto the other schemes of TUF 4.2.2. */
export const verifiers: Verifiers = {
  ...defaultVerifiers,
  'ecdsa/ecdsa-sha2-nistp256': ecdsa,
  // The older name of the key type, which some repositories still write.
  'ecdsa-sha2-nistp256/ecdsa-sha2-nistp256': ecdsa,
  'rsa/rsassa-pss-sha256': rsaPss,
}

export const hashers: Hashers = {
  ...defaultHashers,
  sha512: (bytes) => createHash('sha512').update(bytes).digest('hex'),
}
