import { buildAccessIndex } from "../../../lib/session/index/build-access-index";
import type { AccessIndex } from "../../../lib/session/index/access-index";
import { checkMap } from "../project";

/** A map with people, machines, a pipeline, windows, tags, and two paths to one role. */
export const SAMPLE_MAP = `
version: 1
organizations:
  one: { id: o-abcdefghij }
defaults: { region: eu-west-1, trustPolicyQuota: 4096 }
accounts:
  top: { id: "100000000000", management: true, deploymentRole: none }
  core: { id: "100000000001", unit: /Core }
  blue: { id: "100000000002", unit: /Apps/Live, tags: { team: a } }
  green: { id: "100000000003", unit: /Apps/Test, tags: { team: b } }
hubs:
  gate:
    account: core
    role: gate
    maxSession: 8h
    principals:
      robot: { user: { name: robot, create: true }, sessionTags: { team: { values: [a, b], transitive: true } } }
      guarded: { user: { name: guarded, create: true }, mfa: true }
      shift:
        user: { name: shift, create: true }
        notBefore: "2027-01-01T08:00:00Z"
        notAfter: "2027-01-01T16:00:00Z"
        sourceIps: [198.51.100.0/24]
      people: { permissionSet: { name: Ops }, sourceIdentity: { values: ["*@corp.test"] } }
      ci: { githubActions: { repository: corp/infra, branch: main } }
  second:
    account: core
    role: second
    principals:
      robot: { user: { name: robot } }
spokes:
  work:
    hubs: [gate, second]
    accounts: { units: [/Apps/**] }
    externalId: work-{{account.key}}
    permissions: { managed: [job-function/ViewOnlyAccess] }
  watch:
    hubs: [gate]
    accounts: { keys: [top], units: [/Apps/**], managementReason: costs are read there }
    access: read-only
    permissions: { managed: [job-function/ViewOnlyAccess] }
`;

/** The index of the map. */
export function sampleIndex(): AccessIndex {
  const { plan, diagnostics } = checkMap(SAMPLE_MAP);
  if (plan === undefined) throw new Error(JSON.stringify(diagnostics, undefined, 1));
  return buildAccessIndex(plan, "5".repeat(64));
}
