import type { ImportProgress } from '../../interchange/importOutcome';
import { formatClock } from '../../units/format';

/** Describes the file that is being imported, and the remaining time. */
export function describeImport({ file, number, of, leftMs }: ImportProgress): string {
  const left = leftMs === null ? '' : `, about ${formatClock(leftMs)} left`;
  return `Importing ${file} (${number} of ${of})${left}`;
}
