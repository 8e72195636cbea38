import type { OidcProviderNode, ProviderNode, SamlProviderNode } from "../../access/access-graph";
import type { CompareContext } from "../compare/compare-context";
import type { ComparisonResult } from "../compare/direction";
import { groupEntity } from "../words/names";
import { listed, listedNames, say } from "../words/text";
import type { Sentence } from "../words/text";
import type { ToldGroup, ToldReview } from "../words/told";
import { resultTriggers } from "./change-kind";
import type { ChangeKind } from "./change-kind";

/** Whose tokens or assertions an identity provider accepts. */
export interface ProviderChange {
  readonly kind: "provider";
  /** ARN of the provider. */
  readonly provider: string;
  /** Audiences of an OpenID Connect provider, or the metadata of a SAML provider. */
  readonly what: "client-ids" | "metadata";
  /** Audiences that are accepted now and were not; none for metadata. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Metadata that is another is `changed`: it may be of another identity provider. */
  readonly change: ComparisonResult;
  /** @default - decided */
  readonly reason?: string;
}

/** Whose tokens and assertions are accepted. */
export const providerKind: ChangeKind<ProviderChange> = {
  kind: "provider",
  title: "Identity providers",
  find: providerChanges,
  subject: ({ provider }) => provider,
  triggers: ({ change }) => resultTriggers(change),
  sentence: providerSentence,
};

/** Whose tokens and assertions the identity providers take that both sides have, where it is not the same. */
function providerChanges({ base, head }: CompareContext): readonly ProviderChange[] {
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

/** Whose tokens or assertions an identity provider accepts now. */
function providerSentence(
  { provider, what, added, removed, change, reason = "no reason is given" }: ProviderChange,
  group: ToldGroup,
  review: ToldReview,
): Sentence {
  const of = groupEntity(provider, group, review);
  if (change === "unknown") return say`${of} could not be compared: ${reason}`;
  if (change === "equivalent") return say`${of} is rewritten; same access`;
  if (what === "metadata") {
    return say`${of} gets other metadata: it might accept assertions from another issuer`;
  }
  const parts = [
    added.length === 0 ? [] : say`now accepts tokens for the audience ${listedNames(added)}`,
    removed.length === 0 ? [] : say`no longer those for ${listedNames(removed)}`,
  ].filter((each) => each.length > 0);
  return say`${of} ${listed(parts)}`;
}
