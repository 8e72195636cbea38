import { snapshotSeed } from "../../support/terraform-snapshot";

snapshotSeed("role-assumption-guide");
