/** An old value and what replaced it; said in words too, not by strike-through and colour alone. */
export function Change({ before, after }: { before: string | undefined; after: string | undefined }) {
  return (
    <span className="change">
      {before !== undefined && (
        <>
          <span className="visually-hidden">was </span>
          <del>{before}</del>
        </>
      )}
      {before !== undefined && after !== undefined && <span aria-hidden="true"> → </span>}
      {after !== undefined ? (
        <>
          <span className="visually-hidden"> is now </span>
          <ins>{after}</ins>
        </>
      ) : (
        <span className="quiet"> withdrawn</span>
      )}
    </span>
  )
}
