/**
 * Id of the account that a synthesized stack is bound to, from the text of its `cdk.tf.json` alone; `undefined`
 * where the text names none. For callers that need nothing else of it: reading a stack costs far more.
 */
export function stackAccountId(text: string): string | undefined {
  return /"allowed_account_ids":\s*\[\s*"(\d{12})"/.exec(text)?.[1];
}
