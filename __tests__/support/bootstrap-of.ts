import type { PolicyDocument } from "../../lib/iam/policy-document";
import type { Bootstrap, BootstrapStack } from "../../lib/plan/bootstrap/bootstrap-stack";
import { planBootstrap } from "../../lib/plan/bootstrap/plan-bootstrap";
import type { BootstrapInput } from "../../lib/plan/bootstrap/plan-bootstrap";
import { planMap } from "../lib/plan/support/planned-map";
