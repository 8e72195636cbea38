import type { Path } from "../../source/source";
import { blocks, labelled, memberOf } from "./json-walk";

/** The configuration of a provider in a stack. */
export interface ProviderBlock {
  /** Local name of the provider, such as `aws`. */
  readonly name: string;
  /** @default - the default provider of its name */
  readonly alias: string | undefined;
  readonly value: unknown;
  readonly at: Path;
}

/** The providers that a stack configures. */
export function providersOf(stack: unknown): ProviderBlock[] {
  return [...labelled(memberOf(stack, "provider"), ["provider"])].flatMap(({ label, value, at }) =>
    [...blocks(value, at)].map((block) => {
      const alias = memberOf(block.value, "alias");
      return { name: label, alias: typeof alias === "string" ? alias : undefined, ...block };
    }),
  );
}
