import { createBrowserRouter, type RouteObject } from "react-router";
import type { ComponentType } from "react";
import { PageSkeleton } from "@/components/Skeletons";
import { Broken } from "./Broken";
import { House } from "./House";
import { Home } from "./Home";

type Loaded = Promise<Record<string, ComponentType>>;

const Blank = () => null;

/** A page that is loaded when it is first visited. */
function page(path: string, load: () => Loaded, name: string, children?: RouteObject[]): RouteObject {
  return { path, lazy: async () => ({ Component: (await load())[name] }), children };
}

const clients = () => import("@/features/clients/clients") as unknown as Loaded;
const interactions = () => import("@/features/clients/interactions") as unknown as Loaded;
const opportunities = () => import("@/features/clients/opportunities") as unknown as Loaded;
const engagements = () => import("@/features/engagements") as unknown as Loaded;
const house = () => import("@/features/house") as unknown as Loaded;
const surveys = () => import("@/features/surveys") as unknown as Loaded;
const imports = () => import("@/features/clients/imports") as unknown as Loaded;
const cases = () => import("@/features/desk/cases") as unknown as Loaded;
const requests = () => import("@/features/desk/requests") as unknown as Loaded;
const users = () => import("@/features/gateway/users") as unknown as Loaded;
const keys = () => import("@/features/gateway/keys") as unknown as Loaded;
const account = () => import("@/features/gateway/account") as unknown as Loaded;
const mailbox = () => import("@/features/gateway/mailbox") as unknown as Loaded;
const audit = () => import("@/features/gateway/audit") as unknown as Loaded;
const letters = () => import("@/features/gateway/letters") as unknown as Loaded;
const week = () => import("@/features/week") as unknown as Loaded;
const signIn = () => import("@/features/gateway/signin") as unknown as Loaded;

export const router = createBrowserRouter([
  { ...page("/sign-in", signIn, "SignInPage"), HydrateFallback: Blank, errorElement: <Broken /> },
  { ...page("/invitations/:token", signIn, "AcceptInvitationPage"), HydrateFallback: Blank, errorElement: <Broken /> },
  {
    path: "/", element: <House />, HydrateFallback: PageSkeleton, errorElement: <Broken />,
    // Within the house: what fails on a page leaves the way to the others.
    children: [{ errorElement: <Broken />, children: [
      { index: true, element: <Home /> },
      page("week", week, "WeekPage"),
      page("clients", clients, "ClientsPage"),
      page("clients/new", clients, "NewClientPage"),
      page("clients/:id", clients, "ClientPage"),
      page("clients/:id/edit", clients, "EditClientPage"),
      page("clients/:clientId/interactions/new", interactions, "NewInteractionPage"),
      page("interactions/:id", interactions, "InteractionPage"),
      page("interactions/:id/edit", interactions, "EditInteractionPage"),
      page("opportunities", opportunities, "PipelinePage"),
      page("opportunities/list", opportunities, "OpportunitiesPage"),
      page("opportunities/new", opportunities, "NewOpportunityPage"),
      page("opportunities/:id", opportunities, "OpportunityPage"),
      page("opportunities/:id/edit", opportunities, "EditOpportunityPage"),
      page("engagements", engagements, "EngagementsPage"),
      page("engagements/new", engagements, "NewEngagementPage"),
      page("engagements/:id/edit", engagements, "EditEngagementPage"),
      page("engagements/:id", engagements, "EngagementFrame", [
        page("", engagements, "PlanPage"),
        page("team", engagements, "TeamPage"),
        page("deliverables", engagements, "DeliverablesPage"),
        page("stakeholders", engagements, "StakeholdersPage"),
        page("history", engagements, "HistoryPage"),
      ]),
      page("deliverables/:id", engagements, "DeliverablePage"),
      page("imports", imports, "ImportsPage"),
      page("imports/:id", imports, "ImportPage"),
      page("cases", cases, "CasesPage"),
      page("cases/new", cases, "NewCasePage"),
      page("cases/:id", cases, "CasePage"),
      page("users", users, "UsersPage"),
      page("keys", keys, "KeysPage"),
      page("audit", audit, "AuditPage"),
      page("letters", letters, "LettersPage"),
      page("dev/mail", mailbox, "MailboxPage"),
      page("account", account, "AccountPage"),
      page("surveys", surveys, "SurveysFrame", [
        page("", surveys, "ScoresPage"),
        page("comments", surveys, "CommentsPage"),
        page("invitations", surveys, "InvitationsPage"),
        page("forms", surveys, "FormsPage"),
        page("campaigns", surveys, "CampaignsPage"),
      ]),
      page("waiting", house, "WaitingPage"),
      page("requests", requests, "RequestsPage"),
      page("requests/new", requests, "NewRequestPage"),
      page("requests/:id", requests, "RequestPage"),
      { path: "*", element: <Broken missing /> },
    ] }],
  },
]);
