"""日历：Chinese working days and the periods of the Civil Code.

In: A trigger, a period and the schedules of the years. Out: the last day, moved and unmoved.
May import: base, yamltext.
"""
