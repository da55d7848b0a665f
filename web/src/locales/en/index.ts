import account from "./account";
import audit from "./audit";
import campaigns from "./campaigns";
import cases from "./cases";
import clients from "./clients";
import common from "./common";
import deliverables from "./deliverables";
import engagements from "./engagements";
import followups from "./followups";
import forms from "./forms";
import house from "./house";
import imports from "./imports";
import interactions from "./interactions";
import keys from "./keys";
import letters from "./letters";
import lists from "./lists";
import mailbox from "./mailbox";
import messages from "./messages";
import opportunities from "./opportunities";
import plan from "./plan";
import problems from "./problems";
import promises from "./promises";
import requests from "./requests";
import rhythm from "./rhythm";
import shell from "./shell";
import signin from "./signin";
import solutions from "./solutions";
import stakeholders from "./stakeholders";
import surveys from "./surveys";
import team from "./team";
import users from "./users";
import week from "./week";

export default {
  account,
  audit,
  campaigns,
  cases,
  clients,
  common,
  deliverables,
  engagements,
  followups,
  forms,
  house,
  imports,
  interactions,
  keys,
  letters,
  lists,
  mailbox,
  messages,
  opportunities,
  plan,
  problems,
  promises,
  requests,
  rhythm,
  shell,
  signin,
  solutions,
  stakeholders,
  surveys,
  team,
  users,
  week,
};
