#include "library/date_help.h"

#include "library/repair.h"

/* False: nothing in it is wrong by itself. */
static bool help_fault(struct diag_list *diags, struct diag *diag,
		       struct date_fault fault)
{
	switch (fault.kind) {
	case DATE_FAULT_MONTH:
		diag_help(diags, diag,
			  _("there is no month %d; months go from 01 to 12"),
			  fault.number);
		return true;
	case DATE_FAULT_DAY:
		diag_help(diags, diag,
			  _("month %d of %d has %d days; which one is meant?"),
			  fault.month, fault.year, fault.days);
		return true;
	case DATE_FAULT_HOUR:
		diag_help(diags, diag,
			  _("there is no hour %d; hours go from 00 to 23"),
			  fault.number);
		return true;
	case DATE_FAULT_MINUTE:
	case DATE_FAULT_SECOND:
		diag_help(diags, diag,
			  _("minutes and seconds go from 00 to 59, %d is none"),
			  fault.number);
		return true;
	case DATE_FAULT_ORDER:
		diag_help(diags, diag,
			  _("write %04d-%02d-%02d or %04d-%02d-%02d, whichever "
			    "is meant"),
			  fault.year, fault.month, fault.day, fault.year,
			  fault.day, fault.month);
		return true;
	case DATE_FAULT_NONE:
		break;
	}
	return false;
}

void date_help(struct diag_list *diags, struct diag *diag,
	       struct date_wanted wanted, struct arena *arena)
{
	str repaired = repair_date(wanted.text, wanted.with_time, wanted.offset,
				   arena);

	if (repaired.len > 0)
		diag_help(diags, diag, _("write %.*s"), STR_ARG(repaired));
	else if (!help_fault(diags, diag,
			     repair_date_fault(wanted.text, arena)))
		diag_help(diags, diag, "%s",
			  wanted.with_time
				  ? _("write YYYY-MM-DD HH:MM, for example "
				      "2024-01-02 09:00")
				  : _("write YYYY-MM-DD, for example "
				      "2024-01-02"));
}
