import { snapshotSeed } from "../../support/plans/terraform-snapshot";

snapshotSeed("role-assumption-guide");
