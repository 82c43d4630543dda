#include "audit/traditional.h"

#include "base/unicode.h"

enum { BYTES = 3 }; /* of each of them in UTF-8 */

const char traditional_characters[] =
	"來個們備傷價億償優別創劃動務勞勵匯區協參員問單國圖團執報場壩學實"
	"審寫對導屬幣幾廠廳強從復愛態慮憂懇應戰戶撫擊擔據敗時書會東條業極"
	"構樓標樹橋機檢權歷歸殘氣淨準溝溫滅滲滿漁漢漲澆濁濃濕濟濱瀕瀾灑灣"
	"災為無熱爭獎獵環產當療發盡監碼礦稅種稱穩節範築籌紀約紅納紡組結絡"
	"統絲經綠維網緊線縣縫總績織繫罰義習聯職聽脫臺與興舉華萬葉藍藝藥蘇"
	"處號蠶衛補見規覺觀計訊設話該誌誠說調請謂謝謹證議護讀變讓豬負財貧"
	"責買貸費貼貿資賣質車軍輕輸辦農這進運過違適選還邊鄉醫銀銅鋁鋼錢錯"
	"鎮鐵長門開間關陝陰陽際險隱雙雜雞難雲電鞏響項預領題額類風飛養館馬"
	"騾驗驢體鴨鵝黃點黨";

bool traditional_has(uint32_t code_point)
{
	const str all = { traditional_characters,
			  sizeof(traditional_characters) - 1 };
	size_t low = 0;
	size_t high = all.len / BYTES;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		size_t at = middle * BYTES;
		uint32_t here = unicode_next(all, &at);

		if (here == code_point)
			return true;
		if (here < code_point)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}
