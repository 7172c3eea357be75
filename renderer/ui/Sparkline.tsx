import styles from './Sparkline.module.css';

const width = 120;
const height = 28;

/**
 * A small line without axes, with a gap where there is no value. Decorative, because the number beside it says the
 * same.
 */
export function Sparkline({ values }: { values: readonly (number | null)[] }) {
  const known = values.filter((value) => value !== null);
  const top = Math.max(...known, Number.MIN_VALUE);
  let path = '';
  let pen = 'M';
  values.forEach((value, index) => {
    if (value === null) {
      pen = 'M';
      return;
    }
    const x = values.length > 1 ? (index / (values.length - 1)) * width : width;
    path += `${pen}${x.toFixed(1)} ${(height - 2 - (value / top) * (height - 4)).toFixed(1)}`;
    pen = 'L';
  });
  return (
    <svg className={styles.sparkline} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
