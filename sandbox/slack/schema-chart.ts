import { z } from 'zod'
import { limits } from './limits.ts'
import { blockId, bounded, list, refuseRepeats } from './schema-parts.ts'

/** https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block */
const series = z.strictObject({
  name: bounded(limits.chartSeriesName),
  data: list(z.strictObject({ label: bounded(limits.chartCategory), value: z.number() }), limits.chartPoints),
})

const axes = z.strictObject({
  categories: list(bounded(limits.chartCategory), limits.chartCategories),
  x_label: bounded(limits.chartAxisLabel).optional(),
  y_label: bounded(limits.chartAxisLabel).optional(),
})

const plotted = <T extends string>(type: T) =>
  z
    .strictObject({ type: z.literal(type), series: list(series, limits.chartSeries), axis_config: axes })
    .superRefine((chart, context) => {
      refuseRepeats(
        chart.series.map((each) => each.name),
        'series name',
        context,
        (index) => ['series', index, 'name'],
      )
      const categories = JSON.stringify(chart.axis_config.categories)
      for (const [index, each] of chart.series.entries()) {
        if (JSON.stringify(each.data.map((point) => point.label)) === categories) continue
        const message = 'labels must match the categories of axis_config'
        context.addIssue({ code: 'custom', message, path: ['series', index, 'data'] })
      }
    })

const pie = z.strictObject({
  type: z.literal('pie'),
  segments: list(
    z.strictObject({ label: bounded(limits.chartCategory), value: z.number().positive() }),
    limits.chartSegments,
  ),
})

export const dataVisualization = z.strictObject({
  type: z.literal('data_visualization'),
  title: bounded(limits.chartTitle),
  chart: z.discriminatedUnion('type', [plotted('line'), plotted('bar'), plotted('area'), pie]),
  ...blockId,
})
