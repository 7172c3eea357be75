/*
 * The headings of JMeter's Aggregate Report and Summary Report, which it saves in the language of its window
 * (messages*.properties), or, from plugins, as message keys. Turkish has one word for average and median and is not read.
 */

const headings: Readonly<Record<string, readonly string[]>> = {
  Label: ['sampler_label', 'Etiqueta', 'Libellé', '라벨', 'Etykieta', 'Rótulo'],
  '# Samples': [
    'aggregate_report_count',
    'Anz. der Proben',
    '# Muestras',
    '# Echantillons',
    '표본 수',
    '# Liczba próbek',
    '# Amostras',
    '# 样本',
    '取樣數',
  ],
  Average: ['average', 'Durchschnitt', 'Media', 'Moyenne', '평균', 'Średnia', 'Média', '平均值'],
  Median: ['aggregate_report_median', 'Mittel', 'Mediana', 'Médiane', '중간값', '中位数', '中間值'],
  Min: ['aggregate_report_min', 'Mín', 'Mín.', '최소값', 'Minimum', '最小值'],
  Max: ['aggregate_report_max', 'Máx', 'Máx.', '최대값', 'Maksimum', '最大值'],
  'Error %': [
    'aggregate_report_error%',
    '% Fehler',
    '% Error',
    '% Erreur',
    '오류 %',
    '% błędów',
    '% de Erro',
    '异常 %',
    '錯誤率',
  ],
  Throughput: [
    'aggregate_report_rate',
    'Durchsatz',
    'Rendimiento',
    'Débit',
    '처리량',
    'Przepustowość',
    'Vazão',
    '吞吐量',
    '處理量',
  ],
};

const known = new Map(Object.entries(headings).flatMap(([heading, names]) => names.map((name) => [name, heading])));
const percentile = /^(?:aggregate_report_)?(\d{1,2}(?:\.\d+)?)%[ _](?:line|centile|선|linii|百分位)$/i;
const totals = new Set(['total', 'gesamt', '合計', '총계', 'razem', '总体', '總計']);

/** Returns the English heading of a column, whatever the table calls it; `90% Line` for every percentile. */
export function headingOf(name: string): string {
  const [, rank] = percentile.exec(name) ?? [];
  return rank === undefined ? (known.get(name) ?? name) : `${Number(rank)}% Line`;
}

/** Whether a row is that of all samples. */
export function isTotal(label: string): boolean {
  return totals.has(label.trim().toLowerCase());
}
