/**
 * Stands for the SDK's SHA-256 in plain JavaScript, its fallback where Node was built without OpenSSL.
 * Lambda's Node has OpenSSL, so the SDK always takes the native one.
 */
export class Sha256Js {
  constructor() {
    throw new Error('This Node has no SHA-256: the bundles need one built with OpenSSL')
  }
}
