import { parseArn } from "../../iam/arn";
import type { CallOrigin } from "../../account-map/model/call-origin";
import type { Principal, PrincipalConditions } from "../../account-map/model/principal";
import { parseAddressRange } from "../../iam/condition/address-range";
import type { OpenKey } from "../../iam/condition/open-key";
import { sendsSource } from "../../iam/services/service-requests";
import type { SessionContext } from "../../plan/session-context";
import { NETWORK_KEYS, OVER_INTERNET, THROUGH_ENDPOINT } from "../decide/network-ways";
import type { NetworkWay } from "../decide/network-ways";
import type { Requirement } from "../declared/requirement";
import { ALWAYS, declaredValues, facetOf, fixed, POSSIBLE } from "./dimension";
import type { Dimension, Facet } from "./dimension";

/** Keys that say who the caller is: they follow from it. */
const OF_CALLER = /^aws:principal(?:arn|account|orgid|orgpaths|type)$/;

/** What a declared binding asks of the caller's request: claims, sources, tags of a certificate. */
export function boundDimensions(binding: Requirement): readonly Dimension[] {
  return Object.values(binding)
    .flatMap((keys) => Object.entries(keys))
    .filter(([key, values]) => !OF_CALLER.test(key.toLowerCase()) && values.length > 0)
    .map(([key, values]) => declaredValues(key, values));
}

/** What the conditions of an entry let its callers say, network and time aside. */
export function conditionDimensions(
  { mfa, sourceIdentity, sessionTags }: PrincipalConditions,
  carried: SessionContext | undefined,
): readonly Dimension[] {
  const identities = (sourceIdentity?.values ?? []).map((value) =>
    facetOf("sts:SourceIdentity", value),
  );
  const { sourceIdentity: carriesIdentity = false, transitiveTags = [] } = carried ?? {};
  const tagKeys = [...new Set([...sessionTags.map(({ key }) => key), ...transitiveTags])];
  const transitive = sessionTags.filter((tag) => tag.transitive).map(({ key }) => key);
  return [
    ...(mfa === undefined
      ? []
      : [
          fixed({
            keys: { "aws:MultiFactorAuthPresent": "true" },
            open: new Map([["aws:multifactorauthage", ALWAYS]]),
          }),
        ]),
    ...identityDimension(
      identities,
      sourceIdentity !== undefined,
      sourceIdentity?.required === true,
    ),
    ...(carriesIdentity
      ? [
          fixed({
            open: new Map([
              ["aws:sourceidentity", ALWAYS],
              ...(identities.length > 0 ? [] : ([["sts:sourceidentity", ALWAYS]] as const)),
            ]),
          }),
        ]
      : []),
    ...sessionTags.map(({ key, values }) =>
      declaredValues(`aws:RequestTag/${key}`, values.length === 0 ? ["*"] : values),
    ),
    ...(tagKeys.length === 0
      ? []
      : [
          fixed({
            keys: { "aws:TagKeys": tagKeys, "sts:TransitiveTagKeys": transitive },
            open: new Map(
              transitiveTags.flatMap((key): [string, OpenKey][] => [
                [`aws:requesttag/${key.toLowerCase()}`, ALWAYS],
                [`aws:principaltag/${key.toLowerCase()}`, ALWAYS],
              ]),
            ),
          }),
        ]),
  ];
}

/** Who sets a source identity may have one already, and need not set one unless it is required. */
function identityDimension(
  identities: readonly Facet[],
  isDeclared: boolean,
  isRequired: boolean,
): readonly Dimension[] {
  if (!isDeclared) return [];
  const set = identities.length > 0 ? identities : [facetOf("sts:SourceIdentity", "*")];
  return [
    { keys: ["sts:sourceidentity"], facets: isRequired ? set : [...set, {}], declared: true },
    fixed({ open: new Map([["aws:sourceidentity", POSSIBLE]]) }),
  ];
}

/**
 * Where the calls of an entry come from: what its conditions admit, else what the map says, else any network.
 *
 * @param origin what the map says. @default - nothing
 */
export function originDimensions(
  { sourceIps, vpcEndpoints }: Pick<PrincipalConditions, "sourceIps" | "vpcEndpoints">,
  origin: CallOrigin | undefined,
): readonly Dimension[] {
  const { regions = [], vpcs = [] } = origin ?? {};
  const isBound = sourceIps.length + vpcEndpoints.length > 0;
  const ranges = isBound ? sourceIps : (origin?.sourceIps ?? []);
  const endpoints = isBound ? vpcEndpoints : (origin?.vpcEndpoints ?? []);
  const through = vpcs.length === 0 ? [undefined] : vpcs;
  const facets = [
    ...ranges.map((range) => way(OVER_INTERNET, [["aws:sourceip", openRange(range)]])),
    ...(endpoints.length > 0
      ? endpoints.flatMap((endpoint) => through.map((vpc) => atEndpoint(endpoint, vpc)))
      : isBound
        ? []
        : vpcs.map((vpc) => atEndpoint(undefined, vpc))),
  ];
  return [
    ...(regions.length === 0 ? [] : [declaredValues("aws:RequestedRegion", regions)]),
    facets.length > 0
      ? { keys: NETWORK_KEYS, facets, declared: true }
      : {
          keys: NETWORK_KEYS,
          facets: [{ open: OVER_INTERNET }, { open: THROUGH_ENDPOINT }],
          declared: false,
          unknown: "the map does not say over which network the call comes",
        },
  ];
}

function atEndpoint(endpoint: string | undefined, vpc: string | undefined): Facet {
  return way(THROUGH_ENDPOINT, [
    ["aws:sourcevpce", exactly(endpoint)],
    ["aws:sourcevpc", exactly(vpc)],
  ]);
}

function exactly(value: string | undefined): OpenKey {
  return value === undefined ? ALWAYS : { presence: "always", within: { like: value } };
}

function openRange(text: string): OpenKey {
  const range = parseAddressRange(text);
  return range === undefined ? ALWAYS : { presence: "always", within: { range } };
}

function way(known: NetworkWay, better: readonly (readonly [string, OpenKey])[]): Facet {
  return { open: new Map([...known, ...better]) };
}

/**
 * For which resource a service calls. It acts for the account in which it was given the role, as roles are
 * passed to services only within an account; whether it says so, is known of some services (rule CK-10).
 *
 * @param home id of the account of the role
 */
export function sourceDimension(principal: Principal, home: string): readonly Dimension[] {
  const arns =
    principal.kind === "service"
      ? principal.sourceArns
      : principal.kind === "rolesAnywhere"
        ? [principal.trustAnchorArn]
        : [];
  if (principal.kind === "service" && principal.sourceAccount) {
    return arns.length > 0 ? [] : [fixed({ open: new Map([["aws:sourcearn", POSSIBLE]]) })];
  }
  const [account = ""] = arns.map((arn) => parseArn(arn)?.accountId ?? "");
  const said: Facet = {
    keys: { "aws:SourceAccount": /^\d{12}$/.test(account) ? account : home },
    ...(arns.length > 0 ? {} : { open: new Map([["aws:sourcearn", POSSIBLE]]) }),
  };
  const silent: Facet = {
    open: new Map(
      ["aws:sourceaccount", ...(arns.length > 0 ? [] : ["aws:sourcearn"])].map((key) => [
        key,
        undefined,
      ]),
    ),
  };
  const sends = principal.kind === "service" && sendsSource(principal.service);
  return [
    {
      keys: SOURCE_KEYS,
      facets: sends ? [said] : [said, silent],
      declared: false,
      unknown: "whether the service says for whom it calls is not known (CK-10)",
    },
  ];
}

const SOURCE_KEYS = ["aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths"];

/** What services pass with every session: tags, and Roles Anywhere a source identity. */
export function serviceDimensions(principal: Principal): readonly Dimension[] {
  if (principal.kind === "podIdentity") {
    return [fixed({ open: new Map([["aws:tagkeys", ALWAYS]]) })];
  }
  if (principal.kind !== "rolesAnywhere") return [];
  return [
    fixed({
      open: new Map([
        ["aws:tagkeys", ALWAYS],
        ["sts:sourceidentity", ALWAYS],
      ]),
    }),
  ];
}
