/** Grey shapes where the words will stand; sized like the words, so that nothing shifts. */
export function LineSkeleton({ width = "60%" }: { width?: string }) {
  return <span className="bone" style={{ width }} aria-hidden="true" />;
}

export function RowSkeletons({ rows = 8 }: { rows?: number }) {
  return (
    <div className="bones" role="status" aria-busy="true">
      {Array.from({ length: rows }, (_, row) => (
        <div className="bone-row" key={row}>
          <LineSkeleton width={`${36 + ((row * 17) % 24)}%`} />
          <LineSkeleton width={`${12 + ((row * 7) % 12)}%`} />
          <LineSkeleton width="10%" />
        </div>
      ))}
    </div>
  );
}

export function PageSkeleton() {
  return (
    <div className="page">
      <div className="page-head"><div className="page-title"><LineSkeleton width="240px" /></div></div>
      <RowSkeletons />
    </div>
  );
}
