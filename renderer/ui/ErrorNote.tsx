/** An error and what to do about it. */
export function ErrorNote({ error }: { error: { message: string; hint: string } }) {
  return (
    <div className="error-note" role="alert">
      <strong>{error.message}</strong>
      <span>{error.hint}</span>
    </div>
  );
}
