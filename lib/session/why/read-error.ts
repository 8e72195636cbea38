/** What a message of AWS, of its CLI or of an SDK says. */
export interface ReadError {
  /** @default - none is in it */
  readonly code?: string;
  /** ARN of the caller. @default - none is in it */
  readonly caller?: string;
  /** Such as `sts:AssumeRole`. @default - none is in it */
  readonly action?: string;
  /** ARN of the role. @default - none is in it */
  readonly resource?: string;
  readonly message: string;
}

/** Reads an error as tools print it: `An error occurred (CODE) when calling ...`, `CODE: ...`, or the bare message. */
export function readError(text: string): ReadError {
  const message = text.replace(/\s+/g, " ").trim();
  const code =
    /An error occurred \((\w+)\)/.exec(message)?.[1] ??
    /(?:^|[\s:])((?:[A-Z][a-z]+)+(?:Denied|Token|TokenId|Exception|Error|Match|Large|Skewed|Throttling)?): /.exec(
      message,
    )?.[1] ??
    /\b(AccessDenied|ExpiredToken|ExpiredTokenException|InvalidClientTokenId|SignatureDoesNotMatch|InvalidAccessKeyId|RegionDisabledException|Throttling)\b/.exec(
      message,
    )?.[1];
  const [, caller, action, resource] =
    /User: (\S+) is not authorized to perform: ([\w-]+:\w+)(?: on resource: (\S+))?/.exec(
      message,
    ) ?? [];
  return {
    message,
    ...(code === undefined ? {} : { code }),
    ...(caller === undefined ? {} : { caller }),
    ...(action === undefined ? {} : { action }),
    ...(resource === undefined ? {} : { resource: resource.replace(/[.,;)]+$/, "") }),
  };
}
