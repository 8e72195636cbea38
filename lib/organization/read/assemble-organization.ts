import type { Tags } from "../../account-map/model/account-map";
import { PARTITIONS } from "../../iam/partition";
import type { Partition } from "../../iam/partition";
import { accountState } from "../organization";
import type { Organization, OrganizationAccount, OrganizationUnit } from "../organization";
import { byTextOf } from "../../values/order";

/** What the operations of AWS Organizations list, each with the parent that it was listed for. */
export interface OrganizationListing {
  readonly organization?: { readonly Id?: string; readonly MasterAccountId?: string };
  readonly rootIds: readonly string[];
  readonly units: readonly ListedUnit[];
  readonly accounts: readonly ListedAccount[];
  /** Tags by account id. */
  readonly tags: ReadonlyMap<string, Tags>;
  /** Whether every account is listed. */
  readonly complete: boolean;
}

/** An organizational unit as the API has it. */
export interface ListedUnit {
  readonly Id: string;
  readonly Name: string;
  readonly parentId: string;
}

/** An account as the API has it. */
export interface ListedAccount {
  readonly Id: string;
  readonly Name: string;
  readonly Arn?: string | undefined;
  readonly State?: string | undefined;
  readonly Status?: string | undefined;
  readonly JoinedMethod?: string | undefined;
  /** @default - it was listed for no parent */
  readonly parentId?: string | undefined;
  readonly place?: OrganizationAccount["place"];
}

/** An organization, and what does not fit together in its listing, in sentences. */
export interface AssembledOrganization {
  readonly organization: Organization;
  readonly problems: readonly string[];
}

/** Puts an organization together: what is listed twice counts once, and units get their paths. */
export function assembleOrganization(listing: OrganizationListing): AssembledOrganization {
  const problems: string[] = [];
  const units = unitPaths(listing, problems);
  const [rootId] = listing.rootIds;
  const path = (parentId: string): string | undefined =>
    parentId.startsWith("r-") ? "/" : units.get(parentId)?.path;
  const accounts = new Map<string, OrganizationAccount>();
  for (const listed of listing.accounts) {
    const unit = listed.parentId === undefined ? undefined : path(listed.parentId);
    if (listed.parentId !== undefined && unit === undefined) {
      problems.push(
        `the account ${listed.Id} is in ${listed.parentId}, and no OU with that ID is listed`,
      );
    }
    const earlier = accounts.get(listed.Id);
    if (earlier?.unit !== undefined && unit !== undefined && earlier.unit !== unit) {
      problems.push(`the account ${listed.Id} is listed in ${earlier.unit} and in ${unit}`);
    }
    accounts.set(listed.Id, { ...earlier, ...accountOf(listed, unit, listing.tags) });
  }
  const arn = listing.accounts
    .map(({ Arn }) => partsOfArn(Arn))
    .find((parts) => parts !== undefined);
  const id = listing.organization?.Id ?? arn?.organizationId;
  const managementAccountId = listing.organization?.MasterAccountId ?? arn?.managementAccountId;
  return {
    problems,
    organization: {
      ...(id === undefined ? {} : { id }),
      ...(managementAccountId === undefined ? {} : { managementAccountId }),
      ...(arn === undefined ? {} : { partition: arn.partition }),
      ...(rootId === undefined ? {} : { rootId }),
      units: [...units.values()].sort(byTextOf(({ path }) => path)),
      accounts: [...accounts.values()].sort(byTextOf(({ id }) => id ?? "")),
      complete: listing.complete,
      awsNames: true,
    },
  };
}

function accountOf(
  listed: ListedAccount,
  unit: string | undefined,
  tagsOf: ReadonlyMap<string, Tags>,
): OrganizationAccount {
  const { Id, Name, State, Status, JoinedMethod, place } = listed;
  const state = accountState(State, Status);
  const tags = tagsOf.get(Id);
  return {
    id: Id,
    name: Name,
    ...(state === undefined ? {} : { state }),
    ...(JoinedMethod === undefined
      ? {}
      : { joined: JoinedMethod === "INVITED" ? "invited" : "created" }),
    ...(unit === undefined ? {} : { unit }),
    ...(tags === undefined ? {} : { tags }),
    ...(place === undefined ? {} : { place }),
  };
}

/** Units by id, those whose parents are listed up to the root. */
function unitPaths(
  { units }: OrganizationListing,
  problems: string[],
): ReadonlyMap<string, OrganizationUnit> {
  const listed = new Map(units.map((unit) => [unit.Id, unit]));
  const placed = new Map<string, OrganizationUnit>();
  for (const unit of listed.values()) {
    const names: string[] = [];
    const seen = new Set<string>();
    let at: ListedUnit | undefined = unit;
    while (at !== undefined && !seen.has(at.Id)) {
      seen.add(at.Id);
      names.unshift(pathSegment(at.Name));
      if (at.parentId.startsWith("r-")) break;
      at = listed.get(at.parentId);
    }
    if (at?.parentId.startsWith("r-") === true) {
      const { Id: id, Name: name, parentId } = unit;
      placed.set(id, { id, name, path: `/${names.join("/")}`, parentId });
    } else {
      problems.push(
        `the OU ${unit.Id} is in ${unit.parentId}, and no path from there to the root is listed`,
      );
    }
  }
  return placed;
}

/** The name of a unit as a part of a path: AWS allows slashes in it, a path does not. */
export function pathSegment(name: string): string {
  return name.replaceAll("/", "-");
}

/**
 * What the ARN of an account says:
 * `arn:aws:organizations::111111111111:account/o-exampleorg1/222222222222`.
 */
function partsOfArn(arn = ""):
  | {
      readonly partition: Partition;
      readonly managementAccountId: string;
      readonly organizationId: string;
    }
  | undefined {
  const match = /^arn:([a-z-]+):organizations::(\d{12}):account\/(o-[a-z0-9]+)\/\d{12}$/.exec(arn);
  const [, name, managementAccountId, organizationId] = match ?? [];
  const partition = PARTITIONS.find((each) => each === name);
  if (
    partition === undefined ||
    managementAccountId === undefined ||
    organizationId === undefined
  ) {
    return undefined;
  }
  return { partition, managementAccountId, organizationId };
}
