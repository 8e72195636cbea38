import type { Diagnostic } from "../../diagnostics/diagnostic";
import { ANYTHING } from "../unread/unread";
import type { Unread } from "../unread/unread";
import { report } from "./reading";
import type { Reading } from "./reading";
import type { Doubt, ReadStack, TerraformResource } from "./terraform-stack";

/** Nothing collected yet but what reading the stacks themselves left over. */
export function startReading(stacks: readonly ReadStack[]): Reading {
  let byAddress: Map<string, TerraformResource> | undefined;
  const byStack = new Map(stacks.map((stack) => [stack.stack, stack]));
  const reading: Reading = {
    diagnostics: stacks.flatMap(({ diagnostics }) => diagnostics),
    unread: stacks.flatMap(({ stack, diagnostics }) =>
      diagnostics.flatMap((each) => unreadStack(stack, each)),
    ),
    find(stack, address) {
      byAddress ??= new Map(
        stacks.flatMap(({ resources }) =>
          resources.map((each) => [`${each.stack} ${each.address}`, each] as const),
        ),
      );
      return byAddress.get(`${stack} ${address}`);
    },
    locate({ stack, type, address }, argument) {
      const name = address.slice(type.length + 1);
      const inside = argument === undefined ? [] : argument.split(".");
      return byStack.get(stack)?.locate?.(["resource", type, name, ...inside]);
    },
  };
  for (const stack of stacks)
    for (const doubt of stack.doubts ?? []) addDoubt(reading, stack, doubt);
  return reading;
}

/** What is in doubt could be otherwise; a plan as a whole could not, and still proves nothing. */
function addDoubt(reading: Reading, { stack, file }: ReadStack, doubt: Doubt): void {
  const { rule, resource, message } = doubt;
  if (resource !== undefined) report(reading, resource, rule, message);
  else {
    reading.diagnostics.push({ severity: "error", rule, file, message });
    reading.unread.push({ rule, stack, file, reason: message, could: [] });
  }
}

/** What a stack as a whole did not tell could be anything. */
function unreadStack(stack: string, diagnostic: Diagnostic): Unread[] {
  const { severity, rule, file, span, message } = diagnostic;
  if (severity !== "error") return [];
  const place = span === undefined ? {} : { span };
  return [{ rule, stack, file, ...place, reason: message, could: ANYTHING }];
}
