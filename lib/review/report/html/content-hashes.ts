/**
 * SHA-256 hashes, as a content security policy writes them, of the only script and the only style that the
 * report may run. They are written down because this part of the code is pure; a test computes them.
 */
export const CONTENT_HASHES = {
  script: "sha256-KUAJ8a85g0ZPRIKDuaRsNdmH15GWTY7ryFBrelMKb8Q=",
  style: "sha256-QQQLAf4TXYgMWWUbwXOTMmAN0zO3S1GwTsL9ADkeZkQ=",
} as const;
