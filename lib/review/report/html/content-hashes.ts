/**
 * SHA-256 hashes, as a content security policy writes them, of the only script and the only style that the
 * report may run. They are written down because this part of the code is pure; a test computes them.
 */
export const CONTENT_HASHES = {
  script: "sha256-YoZ6uG0y4NJIFLBHGx+vt0RtVQpuNbNd1QPfUS7NTj0=",
  style: "sha256-QQQLAf4TXYgMWWUbwXOTMmAN0zO3S1GwTsL9ADkeZkQ=",
} as const;
