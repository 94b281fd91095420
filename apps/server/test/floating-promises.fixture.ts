/** Promises that are let go of, and promises that are not. */
export async function letGo(promise: () => Promise<number>, maybe: () => Promise<number> | undefined): Promise<void> {
  promise();
  void promise();
  promise().then(() => 1);
  const later = () => void promise();
  later();

  await promise();
  promise().catch(() => 0);
  maybe()?.catch(() => 0);
  promise().then(
    () => 1,
    () => 0,
  );
  let kept = promise();
  kept = kept.then(() => 1);
  await kept;
}
