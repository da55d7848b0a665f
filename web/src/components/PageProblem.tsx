import { ProblemNotice } from "./ProblemNotice";

interface Props { of: { error: unknown; refetch: () => unknown } }

/** Stands in for a page whose record could not be read. */
export function PageProblem({ of }: Props) {
  return (
    <div className="page page-reading">
      <ProblemNotice page error={of.error} onRetry={() => void of.refetch()} />
    </div>
  );
}
