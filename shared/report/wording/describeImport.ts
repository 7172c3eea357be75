import type { ImportProgress } from '../../interchange/importOutcome';
import { formatClock } from '../../units/format';

/** Says which file is imported, and how long the rest of it takes. */
export function describeImport({ file, number, of, leftMs }: ImportProgress): string {
  const left = leftMs === null ? '' : `, about ${formatClock(leftMs)} left`;
  return `Importing ${file} (${number} of ${of})${left}`;
}
