import type { OidcProviderNode, ProviderNode, SamlProviderNode } from "../../access/access-graph";
import type { ProviderChange } from "./access-change";
import type { CompareContext } from "../compare/compare-context";

/** Whose tokens and assertions the identity providers take that both sides have, where it is not the same. */
export function providerChanges({ base, head }: CompareContext): readonly ProviderChange[] {
  return [...base.graph.providers.values()].flatMap((before): ProviderChange[] => {
    const after = head.graph.providers.get(before.arn);
    if (after === undefined || JSON.stringify(before) === JSON.stringify(after)) return [];
    return providerChange(before, after);
  });
}

function providerChange(before: ProviderNode, after: ProviderNode): ProviderChange[] {
  if (before.kind === "oidc" && after.kind === "oidc") return clientIdChange(before, after);
  return before.kind === "saml" && after.kind === "saml" ? metadataChange(before, after) : [];
}

function clientIdChange(before: OidcProviderNode, after: OidcProviderNode): ProviderChange[] {
  const change = { kind: "provider", provider: after.arn, what: "client-ids" } as const;
  if (!before.clientIds.known || !after.clientIds.known) {
    const reason = reasonOf(before.clientIds, after.clientIds);
    return [{ ...change, added: [], removed: [], change: "unknown", reason }];
  }
  const [old, now] = [before.clientIds.value, after.clientIds.value];
  const added = now.filter((id) => !old.includes(id)).sort();
  const removed = old.filter((id) => !now.includes(id)).sort();
  if (added.length === 0 && removed.length === 0) return [];
  const widening = added.length === 0 ? "narrowed" : removed.length === 0 ? "widened" : "changed";
  return [{ ...change, added, removed, change: widening }];
}

function metadataChange(before: SamlProviderNode, after: SamlProviderNode): ProviderChange[] {
  const [old, now] = [before.metadata, after.metadata];
  if (old.known && now.known && old.value === now.value) return [];
  const change = { kind: "provider", provider: after.arn, what: "metadata" } as const;
  return [
    old.known && now.known
      ? { ...change, added: [], removed: [], change: "changed" }
      : { ...change, added: [], removed: [], change: "unknown", reason: reasonOf(old, now) },
  ];
}

type MaybeRead = { readonly known: true } | { readonly known: false; readonly reason: string };

function reasonOf(...read: readonly MaybeRead[]): string {
  return [...new Set(read.flatMap((each) => (each.known ? [] : [each.reason])))].join("; ");
}
