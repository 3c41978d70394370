/** The soft disc behind every scene. */
export function Backdrop() {
  return <circle cx="60" cy="60" r="60" fill="var(--sky)" />;
}
