export { PipelinePage, OpportunitiesPage } from "./PipelinePages";
export { OpportunityPage } from "./OpportunityPage";
export { NewOpportunityPage, EditOpportunityPage } from "./EditPages";
